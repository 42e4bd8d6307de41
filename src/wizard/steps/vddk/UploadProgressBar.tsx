import { Button, Content, Progress } from '@patternfly/react-core';
import { progressText } from '../../../domain/vddk/upload-progress';
import type { UploadProgress } from '../../../domain/vddk/upload-progress';
import { useTranslate } from '../../../parts/use-translate';

interface UploadProgressBarProps {
  readonly progress: UploadProgress;
  readonly onCancel: () => void;
}

/** How much of the archive has been sent, at what rate, and how long it will take. */
export const UploadProgressBar = ({ progress, onCancel }: UploadProgressBarProps) => {
  const t = useTranslate();
  const { sent, total } = progress;
  const text = progressText(t, progress);
  return (
    <>
      {sent === undefined ? (
        <Content component="p">{text}</Content>
      ) : (
        <Progress
          id="vddk-upload-progress"
          title={t('Upload of the archive')}
          helperText={text}
          value={total === 0 ? 0 : Math.floor((sent / total) * 100)}
        />
      )}
      <Content component="p">
        {t('Keep this browser tab open until the archive is sent. You can use the other steps.')}
      </Content>
      {/* A column stretches what is directly in it. */}
      <div>
        <Button variant="secondary" onClick={onCancel}>
          {t('Cancel upload')}
        </Button>
      </div>
    </>
  );
};
