DROP INDEX "letters_state_idx";--> statement-breakpoint
CREATE INDEX "letters_state_idx" ON "letters" USING btree ("state","kind");