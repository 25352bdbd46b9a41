CREATE INDEX "people_last_name_idx" ON "people" USING btree ((regexp_replace("name", '^.*\s', '')) COLLATE "und-x-icu","name" COLLATE "und-x-icu","id");--> statement-breakpoint
CREATE INDEX "people_words_idx" ON "people" USING gin ((lower(regexp_replace(normalize(replace(replace(replace(translate(
  "name" || ' ' || "email" || ' ' || "department" || ' ' || "job_title",
  'øØłŁđĐı', 'oOlLdDi'), 'ß', 'ss'), 'æ', 'ae'), 'œ', 'oe'), NFD), '[\u0300-\u036f]', '', 'g'))) gin_trgm_ops);--> statement-breakpoint
CREATE INDEX "rsvps_invited_idx" ON "rsvps" USING btree ("person_id") WHERE invited_at IS NOT NULL;--> statement-breakpoint
CREATE INDEX "rsvps_came_idx" ON "rsvps" USING btree ("event_id") WHERE came_at IS NOT NULL;