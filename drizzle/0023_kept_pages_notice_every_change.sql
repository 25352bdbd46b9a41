-- Two sources of an event's pages raised no revision: the name of a person who prepares an answer, and keys made later.
CREATE OR REPLACE FUNCTION person_changed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM renew_event_revision(e.id) FROM events e WHERE e.organiser_id = NEW.id
    OR EXISTS (SELECT 1 FROM rsvps r WHERE r.event_id = e.id AND r.person_id = NEW.id)
    OR EXISTS (SELECT 1 FROM topics t JOIN team_members m ON m.team_id = t.team_id WHERE t.event_id = e.id AND m.person_id = NEW.id)
    OR EXISTS (SELECT 1 FROM questions q WHERE q.event_id = e.id AND q.author_id = NEW.id)
    OR EXISTS (SELECT 1 FROM question_work w WHERE w.event_id = e.id AND w.taken_by_id = NEW.id);
  RETURN NULL;
END $$;
--> statement-breakpoint
CREATE TRIGGER event_revision AFTER INSERT OR UPDATE OR DELETE ON slip_keys FOR EACH ROW EXECUTE FUNCTION part_of_event_changed();
--> statement-breakpoint
-- Rows that change in place, which no action does today.
CREATE TRIGGER event_revision_update AFTER UPDATE ON question_votes FOR EACH ROW EXECUTE FUNCTION vote_changed();
--> statement-breakpoint
CREATE TRIGGER event_revision_update AFTER UPDATE ON team_members FOR EACH ROW EXECUTE FUNCTION team_member_changed();
--> statement-breakpoint
CREATE TRIGGER event_revision_update AFTER UPDATE ON ballot_votes REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION nameless_changed();
--> statement-breakpoint
CREATE TRIGGER event_revision_update AFTER UPDATE ON votes_on_nameless REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION nameless_changed();
