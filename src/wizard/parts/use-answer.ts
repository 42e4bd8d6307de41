import { useEffect, useState } from 'react';

/**
 * What `ask` answers, and how to ask again. It is asked once for what it is about; until its answer has come there is none. An answer
 * to something else, or to a page that is gone, is dropped.
 */
export const useAnswer = <T>(ask: () => Promise<T>, about = ''): readonly [T | undefined, () => void] => {
  const [turn, setTurn] = useState(0);
  const [answer, setAnswer] = useState<{ readonly question: string; readonly value: T }>();
  const question = `${String(turn)} ${about}`;
  useEffect(() => {
    let isShown = true;
    void ask().then((value) => {
      if (isShown) setAnswer({ question, value });
    });
    return () => {
      isShown = false;
    };
    // eslint-disable-next-line react-hooks/exhaustive-deps -- asked once for each question, whatever else is rendered
  }, [question]);
  return [
    answer?.question === question ? answer.value : undefined,
    () => {
      setTurn(turn + 1);
    },
  ];
};
