// Which departments and sides want to know what, without pointing at anybody: wanting to know is a count, never a name.

/** People of a department at least, for it to be named: in a smaller one a count would say who it was. */
export const fewestInDepartment = 5;

export interface DepartmentInterest {
  department: string;
  want: number;
}

export interface DepartmentSize {
  department: string;
  people: number;
}

export interface Coverage {
  /** Large enough departments in which anybody wants to know, the most first. */
  departments: DepartmentInterest[];
  /** People of all others together, and how many departments those are. */
  others: number;
  /** Large enough departments in which nobody does. */
  silent: string[];
}

/**
 * How a trend's interest spreads over departments. Small departments, and people without one, are counted together; a
 * single small department beside named ones stays out of the others' count too, as it could be worked out.
 */
export function coverageOf(
  wanting: readonly DepartmentInterest[],
  sizes: readonly DepartmentSize[],
): Coverage {
  const large = new Set(
    sizes
      .filter(({ department, people }) => department !== '' && people >= fewestInDepartment)
      .map(({ department }) => department),
  );
  const small = sizes.filter(({ department }) => !large.has(department));
  const inSmall = small.reduce((sum, { people }) => sum + people, 0);
  const others = wanting
    .filter(({ department }) => !large.has(department))
    .reduce((sum, { want }) => sum + want, 0);
  const named = wanting.filter(({ department, want }) => large.has(department) && want > 0);
  const heard = new Set(named.map(({ department }) => department));
  return {
    departments: named.toSorted((a, b) => b.want - a.want || a.department.localeCompare(b.department, 'und')),
    others: inSmall >= fewestInDepartment ? others : 0,
    silent: [...large]
      .filter((department) => !heard.has(department))
      .toSorted((a, b) => a.localeCompare(b, 'und')),
  };
}
