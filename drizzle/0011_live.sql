-- Whoever follows an event live hears that it changed: the event's number and nothing else.
CREATE OR REPLACE FUNCTION renew_event_revision(changed integer) RETURNS void LANGUAGE sql AS $$
  INSERT INTO event_revisions (event_id, revision) SELECT id, nextval('event_revision') FROM events WHERE id = changed
  ON CONFLICT (event_id) DO UPDATE SET revision = excluded.revision;
  SELECT pg_notify('event_changed', changed::text);
$$;
