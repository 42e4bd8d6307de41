import type { ReactNode } from 'react';
import { useEffect, useRef } from 'react';

interface OutcomeProps {
  readonly children: ReactNode;
  /** Where on the screen: as little as needed, or with what is around it. */
  readonly block?: 'nearest' | 'center';
}

/** What came of something that was asked for: brought into view when it appears, wherever the page was scrolled to. */
export const Outcome = ({ children, block = 'nearest' }: OutcomeProps) => {
  const place = useRef<HTMLDivElement>(null);
  useEffect(() => {
    place.current?.scrollIntoView({ block });
  }, [block]);
  return <div ref={place}>{children}</div>;
};
