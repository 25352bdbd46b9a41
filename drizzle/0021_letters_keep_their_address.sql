ALTER TABLE "events" ADD COLUMN "calendar_address" text;--> statement-breakpoint
ALTER TABLE "letters" ADD COLUMN "from_email" text;--> statement-breakpoint
ALTER TABLE "letters" ADD COLUMN "site_url" text;--> statement-breakpoint
ALTER TABLE "letters" ADD COLUMN "readdressed_at" timestamp(3) with time zone;--> statement-breakpoint
CREATE INDEX "letters_waiting_from_idx" ON "letters" USING btree ("from_email") WHERE state = 'waiting';--> statement-breakpoint
CREATE INDEX "letters_waiting_site_idx" ON "letters" USING btree ("site_url") WHERE state = 'waiting';--> statement-breakpoint
CREATE INDEX "letters_dead_idx" ON "letters" USING btree ("event_id") WHERE state = 'dead' AND settled_at IS NULL;
--> statement-breakpoint
UPDATE "letters" SET "from_email" = "facts" -> 'calendar' -> 'organiser' ->> 'email'
  WHERE "state" = 'waiting' AND "facts" ? 'calendar';--> statement-breakpoint
UPDATE "events" SET "calendar_address" = (
  SELECT l."facts" -> 'calendar' -> 'organiser' ->> 'email' FROM "letters" l
  WHERE l."event_id" = "events"."id" AND l."facts" ? 'calendar' AND l."tries" > 0 AND l."state" <> 'kept'
    AND l."reply" NOT LIKE 'ORGANIZER is % but the letter comes from %'
  ORDER BY l."id" DESC LIMIT 1);
