-- The projector shows new seats that were accepted; proposals that nobody has accepted change nothing that is shown.
DROP TRIGGER event_revision ON seat_proposals;
--> statement-breakpoint
CREATE TRIGGER event_revision AFTER DELETE OR UPDATE OF accepted_at, undone_at, undo, event_id ON seat_proposals FOR EACH ROW EXECUTE FUNCTION part_of_event_changed();
--> statement-breakpoint
CREATE TRIGGER event_revision_accepted AFTER INSERT ON seat_proposals FOR EACH ROW WHEN (NEW.accepted_at IS NOT NULL) EXECUTE FUNCTION part_of_event_changed();
