-- The revision of an event changes with every change to what its pages show.
CREATE FUNCTION renew_event_revision(changed integer) RETURNS void LANGUAGE sql AS $$
  INSERT INTO event_revisions (event_id, revision) SELECT id, nextval('event_revision') FROM events WHERE id = changed
  ON CONFLICT (event_id) DO UPDATE SET revision = excluded.revision
$$;
--> statement-breakpoint
CREATE FUNCTION event_changed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM renew_event_revision(NEW.id);
  RETURN NULL;
END $$;
--> statement-breakpoint
CREATE FUNCTION part_of_event_changed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM renew_event_revision(CASE WHEN TG_OP = 'DELETE' THEN OLD.event_id ELSE NEW.event_id END);
  RETURN NULL;
END $$;
--> statement-breakpoint
CREATE FUNCTION vote_changed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM renew_event_revision(q.event_id) FROM questions q
    WHERE q.id = (CASE WHEN TG_OP = 'DELETE' THEN OLD.question_id ELSE NEW.question_id END);
  RETURN NULL;
END $$;
--> statement-breakpoint
CREATE FUNCTION team_member_changed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM renew_event_revision(t.event_id) FROM topics t
    WHERE t.team_id = (CASE WHEN TG_OP = 'DELETE' THEN OLD.team_id ELSE NEW.team_id END);
  RETURN NULL;
END $$;
--> statement-breakpoint
CREATE FUNCTION team_changed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM renew_event_revision(t.event_id) FROM topics t WHERE t.team_id = NEW.id;
  RETURN NULL;
END $$;
--> statement-breakpoint
CREATE FUNCTION trend_changed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM renew_event_revision(t.event_id) FROM topics t WHERE t.trend_id = NEW.id;
  RETURN NULL;
END $$;
--> statement-breakpoint
CREATE FUNCTION person_changed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM renew_event_revision(e.id) FROM events e WHERE e.organiser_id = NEW.id
    OR EXISTS (SELECT 1 FROM rsvps r WHERE r.event_id = e.id AND r.person_id = NEW.id)
    OR EXISTS (SELECT 1 FROM topics t JOIN team_members m ON m.team_id = t.team_id WHERE t.event_id = e.id AND m.person_id = NEW.id)
    OR EXISTS (SELECT 1 FROM questions q WHERE q.event_id = e.id AND q.author_id = NEW.id);
  RETURN NULL;
END $$;
--> statement-breakpoint
CREATE FUNCTION programme_changed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM renew_event_revision(e.id) FROM events e WHERE e.programme_id = NEW.id;
  RETURN NULL;
END $$;
--> statement-breakpoint
CREATE TRIGGER event_revision AFTER INSERT OR UPDATE ON events FOR EACH ROW EXECUTE FUNCTION event_changed();
--> statement-breakpoint
CREATE TRIGGER event_revision AFTER INSERT OR UPDATE OR DELETE ON blocks FOR EACH ROW EXECUTE FUNCTION part_of_event_changed();
--> statement-breakpoint
CREATE TRIGGER event_revision AFTER INSERT OR UPDATE OR DELETE ON topics FOR EACH ROW EXECUTE FUNCTION part_of_event_changed();
--> statement-breakpoint
CREATE TRIGGER event_revision AFTER INSERT OR UPDATE OR DELETE ON rsvps FOR EACH ROW EXECUTE FUNCTION part_of_event_changed();
--> statement-breakpoint
CREATE TRIGGER event_revision AFTER INSERT OR UPDATE OR DELETE ON questions FOR EACH ROW EXECUTE FUNCTION part_of_event_changed();
--> statement-breakpoint
CREATE TRIGGER event_revision AFTER INSERT OR DELETE ON question_votes FOR EACH ROW EXECUTE FUNCTION vote_changed();
--> statement-breakpoint
CREATE TRIGGER event_revision AFTER INSERT OR DELETE ON team_members FOR EACH ROW EXECUTE FUNCTION team_member_changed();
--> statement-breakpoint
CREATE TRIGGER event_revision AFTER UPDATE OF name ON teams FOR EACH ROW EXECUTE FUNCTION team_changed();
--> statement-breakpoint
CREATE TRIGGER event_revision AFTER UPDATE OF sentence, detail ON trends FOR EACH ROW EXECUTE FUNCTION trend_changed();
--> statement-breakpoint
CREATE TRIGGER event_revision AFTER UPDATE OF name, side, department, job_title ON people FOR EACH ROW EXECUTE FUNCTION person_changed();
--> statement-breakpoint
CREATE TRIGGER event_revision AFTER UPDATE OF organisation ON programmes FOR EACH ROW EXECUTE FUNCTION programme_changed();
--> statement-breakpoint
INSERT INTO event_revisions (event_id) SELECT id FROM events;
