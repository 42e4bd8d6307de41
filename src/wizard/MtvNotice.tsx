import { Alert } from '@patternfly/react-core';
import { useMtvProject } from './MtvProjectContext';
import { useControllers } from './use-facts';
import { useTranslate } from '../parts/use-translate';

/** What keeps this page from working with MTV where it is, or from knowing where that is. */
export const MtvNotice = () => {
  const t = useTranslate();
  const { name: project, source, rivals, proxied } = useMtvProject();
  const controllers = useControllers();
  if (rivals.length > 0) {
    return (
      <Alert
        isInline
        component="h2"
        variant="warning"
        title={t('Several projects have a ForkliftController: {{list}}', {
          list: [project, ...rivals].sort().join(', '),
        })}
      >
        {t(
          'MTV uses only one of them, and nothing shows which. This page uses project {{project}}. Delete the ForkliftControllers that no operator manages.',
          {
            project,
          },
        )}
      </Alert>
    );
  }
  if (proxied !== undefined) {
    return (
      <Alert
        isInline
        component="h2"
        variant="warning"
        title={t('MTV is in project {{project}}, but this page looks for it in {{proxied}}', { project, proxied })}
      >
        {t(
          'The page cannot fetch inventories or certificates this way. Set plugin.mtvNamespace to {{project}} in the values of the chart that installed this page.',
          {
            project,
          },
        )}
      </Alert>
    );
  }
  if (source === 'assumed' && controllers.state === 'failed') {
    return (
      <Alert
        isInline
        component="h2"
        variant="warning"
        title={t('It is unknown where MTV is installed; project {{project}} is assumed', { project })}
      >
        {t(
          'You are not permitted to search the whole cluster. If MTV is in another project, ask an administrator to set plugin.mtvNamespace in the values of the chart that installed this page.',
        )}
      </Alert>
    );
  }
  return null;
};
