ALTER TABLE "sign_ins" ADD COLUMN "email" text NOT NULL;--> statement-breakpoint
CREATE INDEX "sign_ins_email_idx" ON "sign_ins" USING btree ("email");