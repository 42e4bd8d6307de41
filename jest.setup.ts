import '@testing-library/jest-dom';
import { toHaveNoViolations } from 'jest-axe';

expect.extend(toHaveNoViolations);

// jsdom has neither; react-router and our domain use them, every browser has them.
Object.assign(globalThis, {
  structuredClone: globalThis.structuredClone ?? ((value: unknown): unknown => JSON.parse(JSON.stringify(value))),
});
