// Addresses people can read: letters, figures and dashes.

/** "Größe & Café 2027" becomes "grosse-cafe-2027"; at most 60 characters, never empty. */
export function slugOf(name: string, otherwise: string): string {
  const slug = name
    .replaceAll('ß', 'ss')
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, 60)
    .replace(/-+$/, '');
  return slug === '' ? otherwise : slug;
}
