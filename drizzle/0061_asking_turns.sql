ALTER TABLE "letters" ADD COLUMN "asks" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "letters" ADD COLUMN "asked_at" timestamp(3) with time zone;--> statement-breakpoint
ALTER TABLE "letters" ADD COLUMN "turn_at" timestamp(3) with time zone;--> statement-breakpoint
ALTER TABLE "letters" ADD COLUMN "joined_id" integer;--> statement-breakpoint
ALTER TABLE "people" ADD COLUMN "greeting" text DEFAULT '' NOT NULL;--> statement-breakpoint
ALTER TABLE "letters" ADD CONSTRAINT "letters_joined_fk" FOREIGN KEY ("joined_id") REFERENCES "public"."letters"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "letters_joined_idx" ON "letters" USING btree ("joined_id");--> statement-breakpoint
UPDATE letters SET asks = true, asked_at = CASE WHEN state IN ('sent', 'kept') THEN coalesce(sent_at, created_at) END
WHERE kind IN ('invitation', 'invitation-host', 'reminder', 'wondering', 'preparation', 'choose-dates', 'rank-trends', 'ground-rules')
  AND (state IN ('waiting', 'sent') OR created_at > now() - interval '30 days');
