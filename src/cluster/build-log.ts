import { consoleFetch } from '@openshift-console/dynamic-plugin-sdk';
import type { ClusterFailure } from '../domain/failure';
import type { Result } from '../domain/result';
import { buildPath } from './build-path';
import { attempt } from './attempt';

/** The log of a build, from its beginning on. */
export interface LogRequest {
  readonly project: string;
  readonly build: string;
  readonly signal: AbortSignal;
  /** The next piece of text, as it comes. */
  readonly onText: (text: string) => void;
}

/** Answers when the build has nothing more to say. The request stays open as long as the build runs. */
export type FollowLog = (request: LogRequest) => Promise<Result<void, ClusterFailure>>;

/** Follows a build's log through the console, which passes on what comes ten times a second (docs/facts/sdk-ux.md §2, "Logs"). */
export const followBuildLog: FollowLog = ({ project, build, signal, onText }) =>
  attempt({ kind: 'builds', verb: 'get', name: build, namespace: project }, async () => {
    const { body } = await consoleFetch(`${buildPath(project)}/builds/${build}/log?follow=true`, { signal }, 0);
    if (!body) return;
    const decoder = new TextDecoder();
    const reader = body.getReader();
    for (let piece = await reader.read(); !piece.done; piece = await reader.read()) {
      onText(decoder.decode(piece.value, { stream: true }));
    }
  });
