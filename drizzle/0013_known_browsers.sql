CREATE TABLE "known_browsers" (
	"browser_hash" text NOT NULL,
	"person_id" integer NOT NULL,
	"last_used_on" date NOT NULL,
	CONSTRAINT "known_browsers_browser_hash_person_id_pk" PRIMARY KEY("browser_hash","person_id")
);
--> statement-breakpoint
ALTER TABLE "sign_ins" DROP CONSTRAINT "sign_ins_person_id_people_id_fk";
--> statement-breakpoint
-- Sessions that are there count as used on the day of the upgrade.
ALTER TABLE "sessions" ADD COLUMN "seen_on" date NOT NULL DEFAULT CURRENT_DATE;--> statement-breakpoint
ALTER TABLE "sessions" ALTER COLUMN "seen_on" DROP DEFAULT;--> statement-breakpoint
ALTER TABLE "known_browsers" ADD CONSTRAINT "known_browsers_person_id_people_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."people"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "known_browsers_person_idx" ON "known_browsers" USING btree ("person_id");--> statement-breakpoint
ALTER TABLE "sign_ins" DROP COLUMN "person_id";--> statement-breakpoint
-- Feed addresses of people who were disabled, or are no organisers any more, must not come back to life.
UPDATE "people" SET "feed_token_hash" = NULL, "programme_feed_token_hash" = NULL WHERE "disabled_at" IS NOT NULL;--> statement-breakpoint
UPDATE "people" SET "programme_feed_token_hash" = NULL WHERE NOT "is_organiser";
