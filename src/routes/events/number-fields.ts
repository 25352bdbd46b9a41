// Numbers of the event form: how many may come, and how many there should be.
import { z } from 'zod';

export const seats = (who: string) =>
  z
    .string()
    .trim()
    .regex(/^\d{1,4}$/, `Write how many ${who} may come, as a number.`)
    .transform(Number)
    .refine((n) => n <= 2000, `At most 2000 ${who} fit into one event.`);

export const least = (who: string) =>
  z
    .string()
    .trim()
    .regex(/^\d{0,4}$/, `Write how many ${who} there should be at least, as a number, or leave it empty.`)
    .default('')
    .transform(Number);
