import type { ReactNode } from 'react';

export const StatusPopupSection = ({ firstColumn, secondColumn, children }: { firstColumn: ReactNode; secondColumn?: ReactNode; children?: ReactNode }) => (
  <div>
    <div>
      <strong>{firstColumn}</strong> {secondColumn}
    </div>
    {children}
  </div>
);

/** The console exports it as the module's default. */
const StatusPopupItem = ({ children, value, icon }: { children: ReactNode; value?: string; icon?: ReactNode }) => (
  <div>
    {children} {value} {icon}
  </div>
);

export default StatusPopupItem;
