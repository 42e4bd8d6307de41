import type { ReactNode } from 'react';

/**
 * The parts of the console's SDK that specs render. The real package requires modules that exist only inside the console
 * (`@console/…`), so it cannot be loaded here. Specs of steps make no requests, they use `memoryCluster`; what sends some says itself what
 * it is answered.
 */
export const consoleFetch = jest.fn();

export class HttpError extends Error {
  constructor(
    message: string,
    readonly code: number,
    readonly response?: unknown,
    readonly json?: unknown,
  ) {
    super(message);
  }
}

export enum HealthState {
  OK = 'OK',
  ERROR = 'ERROR',
  WARNING = 'WARNING',
  LOADING = 'LOADING',
  UNKNOWN = 'UNKNOWN',
  UPDATING = 'UPDATING',
  PROGRESS = 'PROGRESS',
  UPGRADABLE = 'UPGRADABLE',
  NOT_AVAILABLE = 'NOT_AVAILABLE',
}

export const ListPageHeader = ({ title, children }: { readonly title: string; readonly children?: ReactNode }) => (
  <header>
    <h1>{title}</h1>
    {children}
  </header>
);

export const DocumentTitle = ({ children }: { readonly children: string }) => <title>{children}</title>;

export const StatusPopupSection = ({
  firstColumn,
  secondColumn,
  children,
}: {
  readonly firstColumn: ReactNode;
  readonly secondColumn?: ReactNode;
  readonly children?: ReactNode;
}) => (
  <div>
    <div>
      <div>{firstColumn}</div>
      <div>{secondColumn}</div>
    </div>
    {children}
  </div>
);

export const StatusPopupItem = ({
  icon,
  value,
  children,
}: {
  readonly icon?: ReactNode;
  readonly value?: ReactNode;
  readonly children: ReactNode;
}) => (
  <div>
    <div>{children}</div>
    <div>
      {value}
      {icon}
    </div>
  </div>
);
