/** The name of an environment variable: what it holds is never in a file. */
import { z } from 'zod';

/** `example` stands in the message about one that is no name. */
export const variable = (example: string) => z.string().regex(/^[A-Z][A-Z0-9_]*$/, `expected the name of an environment variable, such as ${example}`);
