import { useState } from 'react';
import { screen } from '@testing-library/react';
import { axe } from 'jest-axe';
import { memoryCluster } from '../testing/memory-cluster';
import { renderStep } from '../testing/render-step';
import { useStepAction } from './parts/use-step-action';

const cluster = memoryCluster('openshift-mtv');
const button = (name: string) => screen.getByRole('button', { name });

interface FormProps {
  readonly label: string;
  readonly isBusy?: boolean;
  readonly onCancel?: () => void;
  readonly onSubmit?: () => void;
}

const Form = ({ label, isBusy = false, onCancel, onSubmit }: FormProps) => {
  useStepAction({ label, form: 'the-form', isBusy, onCancel });
  return (
    <form
      id="the-form"
      onSubmit={(event) => {
        event.preventDefault();
        onSubmit?.();
      }}
    />
  );
};

describe('The primary action of a step', () => {
  test('submits the form that it names, from the footer, and Next steps back behind it', async () => {
    const onSubmit = jest.fn();
    const { user, container } = renderStep(<Form label="Do it" onSubmit={onSubmit} />, { cluster });
    await user.click(button('Do it'));
    expect(onSubmit).toHaveBeenCalledTimes(1);
    expect(button('Next').className).toContain('secondary');
    expect(await axe(container)).toHaveNoViolations();
  });

  test('is not there where a step names none: Next is the one to press', () => {
    renderStep(<p>Nothing to do</p>, { cluster });
    expect(button('Next').className).toContain('primary');
    expect(screen.queryAllByRole('button')).toHaveLength(2);
  });

  test('that is under way is not begun again, and can be cancelled while that is possible', async () => {
    const cancelled: string[] = [];
    const Cancelling = () => {
      const [count, setCount] = useState(0);
      return (
        <>
          <Form
            label="Do it"
            isBusy
            onCancel={() => {
              cancelled.push(String(count));
            }}
          />
          <button
            type="button"
            onClick={() => {
              setCount(count + 1);
            }}
          >
            Count
          </button>
        </>
      );
    };
    const { user } = renderStep(<Cancelling />, { cluster });
    expect(screen.getByRole('button', { name: /Do it/ })).toBeDisabled();
    await user.click(button('Count'));
    await user.click(button('Cancel'));
    // What was given last is called, not what was there when the button appeared.
    expect(cancelled).toEqual(['1']);
  });

  test('goes with the form, and the one that comes in its place stays', async () => {
    const Either = () => {
      const [isOther, choose] = useState(false);
      return (
        <>
          {isOther ? <Form key="other" label="Other" /> : <Form key="one" label="One" />}
          <button
            type="button"
            onClick={() => {
              choose(true);
            }}
          >
            Choose
          </button>
        </>
      );
    };
    const { user } = renderStep(<Either />, { cluster });
    expect(button('One')).toBeVisible();
    await user.click(button('Choose'));
    expect(button('Other')).toBeVisible();
    expect(screen.queryByRole('button', { name: 'One' })).toBeNull();
  });
});
