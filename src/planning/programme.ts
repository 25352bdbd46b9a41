/** One part of what is optimised: its value, and the best it could be while the parts before it stay. */
export interface Goal {
  name: string;
  value: number;
  bound: number;
}
