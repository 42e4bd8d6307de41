import { Content, List, ListItem } from '@patternfly/react-core';
import { failureText } from '../../../domain/failure';
import type { NetworkMap } from '../../../domain/migration-objects';
import { mapSaysText, mapStateText, readNetworkMap } from '../../../domain/networks/network-map-status';
import type { Watched } from '../../../domain/watched';
import { StateIcon } from '../../../parts/StateIcon';
import { useTranslate } from '../../../parts/use-translate';
import { ConsoleLink } from '../../parts/ConsoleLink';

/** A map that is there, or why nobody can tell. */
type MapOfProjectProps =
  { readonly map: NetworkMap } | { readonly watched: Extract<Watched<NetworkMap>, { state: 'failed' | 'absent' }> };

/** What MTV says of a NetworkMap now, with what to do about it. */
export const MapOfProject = (props: MapOfProjectProps) => {
  const t = useTranslate();
  if ('watched' in props) {
    const { watched } = props;
    return (
      <Content component="p">
        {t('What MTV says of network maps is not known.')}{' '}
        {watched.state === 'failed'
          ? failureText(t, watched.failure)
          : t('None: this cluster does not have this kind.')}
      </Content>
    );
  }
  const { state, says } = readNetworkMap(props.map);
  return (
    <div aria-live="polite">
      <Content component="p">
        <StateIcon state={state} isBesideText /> <ConsoleLink kind="networkMaps" object={props.map} />:{' '}
        {mapStateText(t, state)}
      </Content>
      {says.length > 0 && (
        <List aria-label={t('What MTV says')}>
          {says.map((said) => (
            <ListItem key={`${said.type} ${said.reason}`}>{mapSaysText(t, said)}</ListItem>
          ))}
        </List>
      )}
    </div>
  );
};
