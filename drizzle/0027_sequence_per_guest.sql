DROP INDEX "letters_event_idx";--> statement-breakpoint
ALTER TABLE "letters" ADD COLUMN "calendar_sequence" integer;--> statement-breakpoint
CREATE INDEX "letters_event_idx" ON "letters" USING btree ("event_id","person_id");--> statement-breakpoint
UPDATE "letters" SET "calendar_sequence" = coalesce(("facts"->'calendar'->>'sequence')::integer, 0)
WHERE "facts" ? 'calendar' OR ("facts" = '{}' AND "event_id" IS NOT NULL AND "kind" IN
  ('invitation', 'invitation-host', 'moved', 'new-link', 'confirmed', 'seat-free', 'uninvited', 'cancelled'));
