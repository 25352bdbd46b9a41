DROP INDEX "trends_state_idx";--> statement-breakpoint
DROP INDEX "trends_source_key";--> statement-breakpoint
ALTER TABLE "programmes" ADD COLUMN "ended_at" timestamp(3) with time zone;--> statement-breakpoint
-- The newest programme is the season that is on, as it was until now.
UPDATE programmes SET ended_at = now() WHERE id < (SELECT max(id) FROM programmes);--> statement-breakpoint
CREATE FUNCTION current_programme() RETURNS integer LANGUAGE sql STABLE AS $$
  SELECT max(id) FROM programmes WHERE ended_at IS NULL
$$;--> statement-breakpoint
-- Trends and teams there are belong to the season that is on, or wait for the first one.
ALTER TABLE "teams" ADD COLUMN "programme_id" integer DEFAULT current_programme();--> statement-breakpoint
ALTER TABLE "trends" ADD COLUMN "programme_id" integer DEFAULT current_programme();--> statement-breakpoint
ALTER TABLE "teams" ADD CONSTRAINT "teams_programme_id_programmes_id_fk" FOREIGN KEY ("programme_id") REFERENCES "public"."programmes"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "trends" ADD CONSTRAINT "trends_programme_id_programmes_id_fk" FOREIGN KEY ("programme_id") REFERENCES "public"."programmes"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "programmes_current_key" ON "programmes" USING btree ((ended_at IS NULL)) WHERE ended_at IS NULL;--> statement-breakpoint
CREATE INDEX "teams_programme_idx" ON "teams" USING btree ("programme_id");--> statement-breakpoint
CREATE INDEX "trends_programme_idx" ON "trends" USING btree ("programme_id","state");--> statement-breakpoint
CREATE UNIQUE INDEX "trends_source_key" ON "trends" USING btree ("programme_id","source_key");