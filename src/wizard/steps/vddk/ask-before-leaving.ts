/** While a request runs that dies with the page, the browser asks before it leaves. */
export const askBeforeLeaving = async <T>(request: Promise<T>): Promise<T> => {
  const ask = (event: BeforeUnloadEvent): void => {
    event.preventDefault();
  };
  window.addEventListener('beforeunload', ask);
  const answer = await request;
  window.removeEventListener('beforeunload', ask);
  return answer;
};
