CREATE INDEX "answers_substitute_idx" ON "answers" USING btree ("substitute_id");--> statement-breakpoint
CREATE INDEX "answers_by_idx" ON "answers" USING btree ("by_id");--> statement-breakpoint
CREATE INDEX "events_programme_idx" ON "events" USING btree ("programme_id");--> statement-breakpoint
CREATE INDEX "events_organiser_idx" ON "events" USING btree ("organiser_id");--> statement-breakpoint
CREATE INDEX "events_facilitator_idx" ON "events" USING btree ("facilitator_id");--> statement-breakpoint
CREATE INDEX "events_starts_idx" ON "events" USING btree ("starts_at","id");--> statement-breakpoint
CREATE INDEX "import_changes_person_idx" ON "import_changes" USING btree ("person_id");--> statement-breakpoint
CREATE INDEX "imports_created_by_idx" ON "imports" USING btree ("created_by_id");--> statement-breakpoint
CREATE INDEX "letters_person_idx" ON "letters" USING btree ("person_id");--> statement-breakpoint
CREATE INDEX "letters_created_idx" ON "letters" USING btree ("created_at","kind");--> statement-breakpoint
CREATE INDEX "nameless_intake_topic_idx" ON "nameless_intake" USING btree ("topic_id");--> statement-breakpoint
CREATE INDEX "nameless_questions_topic_idx" ON "nameless_questions" USING btree ("topic_id");--> statement-breakpoint
CREATE INDEX "questions_topic_idx" ON "questions" USING btree ("topic_id");--> statement-breakpoint
CREATE INDEX "questions_author_idx" ON "questions" USING btree ("author_id");--> statement-breakpoint
CREATE INDEX "rsvps_in_place_of_idx" ON "rsvps" USING btree ("in_place_of_id");--> statement-breakpoint
CREATE INDEX "topics_team_idx" ON "topics" USING btree ("team_id");--> statement-breakpoint
CREATE INDEX "trends_merged_into_idx" ON "trends" USING btree ("merged_into_id");--> statement-breakpoint
CREATE INDEX "trends_proposer_idx" ON "trends" USING btree ("proposer_id");