-- Whether an event has published tables stands on its pages.
CREATE TRIGGER event_revision AFTER INSERT OR DELETE OR UPDATE OF state, event_id ON table_plans FOR EACH ROW EXECUTE FUNCTION part_of_event_changed();
