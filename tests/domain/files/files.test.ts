import { expect, test } from 'vitest';
import { fileNameOf, kindOf, mostFileBytes, pieceStarts, typeOf } from '../../../src/domain/files/files.ts';

const bytes = (text: string) => Buffer.from(text, 'latin1');

test.each([
  ['a.pdf', bytes('%PDF-1.7\n'), 'application/pdf'],
  ['A.PDF', bytes('%PDF-1.7\n'), 'application/pdf'],
  ['a.png', bytes('\x89PNG\r\n\x1a\nx'), 'image/png'],
  ['a.jpeg', bytes('\xff\xd8\xff\xe0'), 'image/jpeg'],
  ['a.md', Buffer.from('# Été\n'), 'text/plain; charset=utf-8'],
])('%s with its own content is taken', (name, content, type) => {
  expect(typeOf(name, content)).toBe(type);
});

test.each([
  ['a.pdf', bytes('<script>alert(1)</script>')],
  ['a.png', bytes('%PDF-1.7')],
  ['a.exe', bytes('MZ')],
  ['a.html', bytes('<p>')],
  ['a.svg', bytes('<svg>')],
  ['a.docx', bytes('PK\x03\x04 no office document')],
  ['a.odt', bytes('PK\x03\x04 [Content_Types].xml')],
  ['a.txt', bytes('MZ\x00\x01')],
  ['a.txt', bytes('\xff\xfe')],
  ['pdf', bytes('%PDF-1.7')],
  ['a.constructor', bytes('%PDF-1.7')],
  ['a.pdf', bytes('')],
])('%s with other content is not', (name, content) => {
  expect(typeOf(name, content)).toBeNull();
});

test('an Office document is known by what is in it', () => {
  expect(typeOf('a.docx', bytes('PK\x03\x04...[Content_Types].xml'))).toContain('wordprocessingml');
  expect(typeOf('a.odt', bytes('PK\x03\x04mimetypeapplication/vnd.oasis.opendocument.text'))).toContain(
    'oasis',
  );
});

test('names lose folders, controls and signs that turn them round', () => {
  expect(fileNameOf('C:\\fakepath\\plan.pdf')).toBe('plan.pdf');
  expect(fileNameOf('../../etc/pass"wd\r\n.txt')).toBe('passwd.txt');
  expect(fileNameOf('a\u202efdp.exe.pdf')).toBe('afdp.exe.pdf');
  expect(fileNameOf('e\u0301.txt')).toBe('é.txt');
  expect(fileNameOf(' \u200b ')).toBe('');
  expect([...fileNameOf(`${'x'.repeat(500)}.pdf`)].length).toBe(120);
  expect(kindOf('a.tar.md')).toBe('MD');
});

test('the largest file is forty pieces of 256 kB', () => {
  expect(pieceStarts(mostFileBytes)).toHaveLength(40);
  expect(pieceStarts(1)).toEqual([0]);
  expect(pieceStarts(256 * 1024 + 1)).toEqual([0, 256 * 1024]);
});
