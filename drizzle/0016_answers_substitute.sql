ALTER TABLE "answers" ADD COLUMN "substitute_id" integer;--> statement-breakpoint
ALTER TABLE "answers" ADD CONSTRAINT "answers_substitute_id_people_id_fk" FOREIGN KEY ("substitute_id") REFERENCES "public"."people"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
-- Whom each guest named so far, where the invitation still says in whose place it is.
UPDATE answers SET substitute_id = r.person_id FROM rsvps r
  WHERE answers.said = 'substitute' AND r.event_id = answers.event_id AND r.in_place_of_id = answers.person_id
    AND answers.id = (SELECT max(a.id) FROM answers a
      WHERE a.event_id = answers.event_id AND a.person_id = answers.person_id AND a.said = 'substitute');
