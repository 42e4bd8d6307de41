// One module, because the console loads both parts of the Status card's item as soon as the Overview opens.
export { readinessHealth } from './readiness-health';
export { ReadinessPopup } from './ReadinessPopup';
