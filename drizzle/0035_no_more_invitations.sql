CREATE TABLE "invitation_stops" (
	"programme_id" integer NOT NULL,
	"person_id" integer NOT NULL,
	"way" text NOT NULL,
	"since" timestamp(3) with time zone NOT NULL,
	CONSTRAINT "invitation_stops_programme_id_person_id_pk" PRIMARY KEY("programme_id","person_id")
);
--> statement-breakpoint
ALTER TABLE "messages_received" ADD COLUMN "sender" text DEFAULT '' NOT NULL;--> statement-breakpoint
ALTER TABLE "events" ADD COLUMN "link_on_page" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "invitation_stops" ADD CONSTRAINT "invitation_stops_programme_id_programmes_id_fk" FOREIGN KEY ("programme_id") REFERENCES "public"."programmes"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "invitation_stops" ADD CONSTRAINT "invitation_stops_person_id_people_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."people"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "invitation_stops_person_idx" ON "invitation_stops" USING btree ("person_id");--> statement-breakpoint
CREATE INDEX "holds_until_idx" ON "holds" USING btree ("until");