CREATE TABLE "organiser_days" (
	"person_id" integer PRIMARY KEY NOT NULL,
	"told_until" timestamp(3) with time zone NOT NULL
);
--> statement-breakpoint
ALTER TABLE "organiser_days" ADD CONSTRAINT "organiser_days_person_id_people_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."people"("id") ON DELETE cascade ON UPDATE no action;