import { createElement, Fragment } from 'react';
import type { ElementType, Key } from 'react';

export { Fragment };

/** What JSX compiles to: React's own `createElement`, which the console shares. `children` are in the properties. */
export const jsx = (type: ElementType, props: object, key?: Key) =>
  createElement(type, key === undefined ? props : { ...props, key });

/**
 * The same for several children.
 *
 * @alias
 */
export const jsxs = jsx;
