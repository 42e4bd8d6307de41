import { useEffect, useState } from 'react';

/** The present time, in milliseconds, every five seconds: something may become late without anything changing. */
export const useNow = (): number => {
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    const timer = setInterval(() => {
      setNow(Date.now());
    }, 5000);
    return () => {
      clearInterval(timer);
    };
  }, []);
  return now;
};
