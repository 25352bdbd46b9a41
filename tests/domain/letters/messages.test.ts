import { describe, expect, test } from 'vitest';
import {
  eventGroups,
  isInEventGroup,
  isInProgrammeGroup,
  type Listed,
  problemsInMessage,
  programmeGroups,
} from '../../../src/domain/letters/messages.ts';

const senior: Listed = { state: 'invited', side: 'senior', hosts: false, isKept: false };
const groupsOf = (one: Partial<Listed>) =>
  eventGroups.filter((group) => isInEventGroup(group, { ...senior, ...one }));

describe('a group of an event’s people', () => {
  test('is worked out from each person’s answer and side', () => {
    expect(groupsOf({})).toEqual(['open', 'open-seniors', 'everyone']);
    expect(groupsOf({ side: 'talent', hosts: true })).toEqual(['hosts', 'open', 'everyone']);
    expect(groupsOf({ state: 'coming' })).toEqual(['coming', 'coming-seniors', 'everyone']);
    expect(groupsOf({ state: 'maybe' })).toEqual(['unsure', 'everyone']);
    expect(groupsOf({ state: 'waiting' })).toEqual(['waiting', 'everyone']);
    expect(groupsOf({ state: 'declined' })).toEqual(['declined', 'everyone']);
  });

  test('has nobody who was taken off the list', () => {
    expect(groupsOf({ state: 'uninvited', hosts: true })).toEqual([]);
  });

  test('has a host who gave up among those who can’t come, not among the hosts', () => {
    expect(groupsOf({ state: 'declined', side: 'talent', hosts: true })).toEqual(['declined', 'everyone']);
  });

  test('counts a substitute whose seat is kept as not answered', () => {
    expect(groupsOf({ state: 'coming', isKept: true })).toEqual(['open', 'open-seniors', 'everyone']);
  });
});

test('a group of everyone goes by side and role', () => {
  const groups = (side: 'senior' | 'talent', isOrganiser: boolean) =>
    programmeGroups.filter((group) => isInProgrammeGroup(group, { side, isOrganiser }));
  expect(groups('senior', false)).toEqual(['all', 'seniors']);
  expect(groups('talent', true)).toEqual(['all', 'talents', 'organisers']);
});

describe('words of an e-mail to a group', () => {
  const fields = (isAboutEvent: boolean, subject: string, body: string) =>
    problemsInMessage(isAboutEvent, { subject, body }).map(({ field, sentence }) => `${field}: ${sentence}`);

  test('need a subject and a text', () => {
    expect(fields(true, '', '')).toEqual(['subject: Write a subject.', 'body: Write what the e-mail says.']);
  });

  test('may name the event only where it is written to its people', () => {
    expect(fields(true, '{Event}', 'Dear {first name}, see you {Day}.')).toEqual([]);
    expect(fields(false, '{Event}', 'Dear {First name}')).toEqual([
      'subject: This e-mail cannot fill {wrong}. It knows {known}.',
    ]);
  });
});
