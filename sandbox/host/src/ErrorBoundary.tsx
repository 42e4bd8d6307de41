import { Component } from 'react';
import type { ReactNode } from 'react';

interface State {
  readonly message?: string;
}

/** Where the console shows "Oh no! Something went wrong". */
export class ErrorBoundary extends Component<{ children: ReactNode }, State> {
  override state: State = {};

  static getDerivedStateFromError(error: unknown): State {
    return { message: String(error) };
  }

  override render() {
    return this.state.message === undefined ? (
      this.props.children
    ) : (
      <p role="alert">Oh no! Something went wrong: {this.state.message}</p>
    );
  }
}
