ALTER TABLE "programmes" ADD COLUMN "starts_on" date;--> statement-breakpoint
ALTER TABLE "programmes" ADD COLUMN "ends_on" date;--> statement-breakpoint
ALTER TABLE "programmes" ADD COLUMN "purpose" text DEFAULT '' NOT NULL;--> statement-breakpoint
ALTER TABLE "programmes" ADD COLUMN "sponsor_name" text DEFAULT '' NOT NULL;--> statement-breakpoint
ALTER TABLE "programmes" ADD COLUMN "sponsor_title" text DEFAULT '' NOT NULL;--> statement-breakpoint
ALTER TABLE "programmes" ADD COLUMN "sponsor_words" text DEFAULT '' NOT NULL;--> statement-breakpoint
ALTER TABLE "programmes" ADD COLUMN "ground_rules" jsonb;--> statement-breakpoint
ALTER TABLE "programmes" ADD COLUMN "contacts" jsonb DEFAULT '[]'::jsonb NOT NULL;--> statement-breakpoint
ALTER TABLE "programmes" ADD COLUMN "materials" jsonb DEFAULT '[]'::jsonb NOT NULL;--> statement-breakpoint
ALTER TABLE "programmes" ADD COLUMN "settings_revision" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
-- The pages of an event show its programme's purpose, rules, sponsor, materials and people to turn to.
DROP TRIGGER event_revision ON programmes;
--> statement-breakpoint
CREATE TRIGGER event_revision AFTER UPDATE ON programmes FOR EACH ROW EXECUTE FUNCTION programme_changed();
