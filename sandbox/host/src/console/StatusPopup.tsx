import type { ReactNode } from 'react';
import './status-popup.css';

export const StatusPopupSection = ({
  firstColumn,
  secondColumn,
  children,
}: {
  firstColumn: ReactNode;
  secondColumn?: ReactNode;
  children?: ReactNode;
}) => (
  <>
    <div className="co-status-popup__row">
      <div className="co-status-popup__text--bold">{firstColumn}</div>
      {secondColumn && <div className="pf-v6-u-text-color-subtle">{secondColumn}</div>}
    </div>
    {children}
  </>
);

/** The console exports it as the module's default. */
const StatusPopupItem = ({ children, value, icon }: { children: ReactNode; value?: string; icon?: ReactNode }) => (
  <div className="co-status-popup__row">
    {children}
    {(value ?? icon) !== undefined && (
      <div className="co-status-popup__status">
        {value && <div className="pf-v6-u-text-color-subtle">{value}</div>}
        {icon && <div className="co-status-popup__icon">{icon}</div>}
      </div>
    )}
  </div>
);

export default StatusPopupItem;
