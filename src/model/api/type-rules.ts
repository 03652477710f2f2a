import { rule } from '../findings/rule';

export const VALUE_TYPE_MISMATCH = rule({
  code: 'value-type-mismatch',
  severity: 'error',
  problem: 'is of another type',
  expected: 'a value of the type that API.md names',
  remedy: 'pass such a value; `tsc --noEmit` finds every value of another type in TypeScript',
  source: 'src/model/api/public-api.generated.ts, from the assembly that jsii writes; API.md',
});

export const PROPERTY_MISSING = rule({
  code: 'property-missing',
  severity: 'error',
  problem: 'is missing',
  expected: 'a value of the type that API.md names',
  remedy: 'set it',
  source: 'src/model/api/public-api.generated.ts, from the assembly that jsii writes; API.md',
});

export const PROPERTY_UNKNOWN = rule({
  code: 'property-unknown',
  severity: 'error',
  problem: 'does not exist',
  expected: 'a property that API.md names',
  remedy: 'correct the name, or leave the property out: it would have no effect',
  source: 'src/model/api/public-api.generated.ts, from the assembly that jsii writes; API.md',
});
