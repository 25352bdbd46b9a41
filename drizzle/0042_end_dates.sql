ALTER TABLE "people" ADD COLUMN "only_organises" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "people" ADD COLUMN "ends_on" date;--> statement-breakpoint
CREATE INDEX "people_ends_idx" ON "people" USING btree ("ends_on") WHERE ends_on IS NOT NULL;