-- Streams that somebody may no longer follow end within seconds, in whatever process they are: told is whose, and nothing else.
CREATE FUNCTION entrance_closed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM pg_notify('right_to_listen', 'person ' || OLD.person_id);
  RETURN NULL;
END $$;
--> statement-breakpoint
CREATE FUNCTION role_changed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM pg_notify('right_to_listen', 'person ' || OLD.id);
  RETURN NULL;
END $$;
--> statement-breakpoint
CREATE FUNCTION event_closed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF OLD.facilitator_id IS DISTINCT FROM NEW.facilitator_id AND OLD.facilitator_id IS NOT NULL THEN
    PERFORM pg_notify('right_to_listen', 'person ' || OLD.facilitator_id);
  END IF;
  IF NEW.state = 'draft' AND OLD.state <> 'draft' THEN
    PERFORM pg_notify('right_to_listen', 'event ' || NEW.id);
  END IF;
  RETURN NULL;
END $$;
--> statement-breakpoint
CREATE TRIGGER right_to_listen AFTER DELETE ON sessions FOR EACH ROW EXECUTE FUNCTION entrance_closed();
--> statement-breakpoint
CREATE TRIGGER right_to_listen AFTER UPDATE OF disabled_at, is_organiser ON people FOR EACH ROW
  WHEN (OLD.disabled_at IS DISTINCT FROM NEW.disabled_at OR OLD.is_organiser <> NEW.is_organiser) EXECUTE FUNCTION role_changed();
--> statement-breakpoint
CREATE TRIGGER right_to_listen AFTER UPDATE OF state, token_hash ON rsvps FOR EACH ROW
  WHEN ((NEW.state = 'uninvited' AND OLD.state <> 'uninvited') OR OLD.token_hash <> NEW.token_hash) EXECUTE FUNCTION entrance_closed();
--> statement-breakpoint
CREATE TRIGGER right_to_listen_gone AFTER DELETE ON rsvps FOR EACH ROW EXECUTE FUNCTION entrance_closed();
--> statement-breakpoint
CREATE TRIGGER right_to_listen AFTER UPDATE OF facilitator_id, state ON events FOR EACH ROW EXECUTE FUNCTION event_closed();
