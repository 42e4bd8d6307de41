import type { SDKStoreState } from '@openshift-console/dynamic-plugin-sdk/lib/app/redux-types';
import type { FormEvent } from 'react';
import { useDispatch, useSelector } from 'react-redux';
import { useNavigate } from 'react-router';
import { impersonation, noImpersonation } from './reducers';

/** Acting as somebody else, with the rights of the signed-in user to do so. As in the console, it begins on Projects and ends on the landing page. */
export const Impersonation = () => {
  const dispatch = useDispatch();
  const navigate = useNavigate();
  const present = useSelector(({ sdkCore }: SDKStoreState) => sdkCore.impersonate);
  const begin = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const said = new FormData(event.currentTarget);
    const textOf = (field: string) => (said.get(field) as string).trim();
    dispatch(
      impersonation(
        textOf('user'),
        textOf('groups')
          .split(/[\s,]+/)
          .filter(Boolean),
      ),
    );
    void navigate('/k8s/cluster/projects');
  };
  if (present) {
    return (
      <>
        <span role="status">acting as {present.name}</span>&emsp;
        <button
          type="button"
          onClick={() => {
            dispatch(noImpersonation);
            window.location.assign('/');
          }}
        >
          Stop impersonating
        </button>
      </>
    );
  }
  return (
    <details>
      <summary>Impersonate</summary>
      <form onSubmit={begin}>
        <input name="user" aria-label="User to impersonate" placeholder="user" required />
        <input name="groups" aria-label="Groups to impersonate" placeholder="groups" />
        <button type="submit">Begin</button>
      </form>
    </details>
  );
};
