DROP INDEX "people_email_key";--> statement-breakpoint
ALTER TABLE "people" ADD COLUMN "shares_address" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "people" ADD COLUMN "has_own_uids" boolean DEFAULT false NOT NULL;--> statement-breakpoint
CREATE UNIQUE INDEX "people_own_address_key" ON "people" USING btree (lower("email")) WHERE NOT shares_address;--> statement-breakpoint
CREATE UNIQUE INDEX "people_shared_address_key" ON "people" USING btree (lower("email"),lower("name")) WHERE shares_address;--> statement-breakpoint
CREATE INDEX "people_email_idx" ON "people" USING btree (lower("email"));