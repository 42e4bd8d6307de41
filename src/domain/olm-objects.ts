import type { WithConditions } from './conditions';
import type { KubeObject } from './objects';

/** The parts of OLM's objects that we read or write beside those in platform-objects.ts. */

/** operators.coreos.com/v1alpha1 InstallPlan: what OLM installs in a project at once. */
export interface InstallPlan extends KubeObject {
  readonly spec?: {
    /** Automatic or Manual; one Manual Subscription makes the plan of its whole project so. */
    readonly approval?: string;
    readonly approved?: boolean;
    readonly clusterServiceVersionNames?: readonly string[];
  };
  readonly status?: WithConditions & {
    /** Planning, RequiresApproval, Installing, Complete or Failed. */
    readonly phase?: string;
    readonly message?: string;
  };
}

/**
 * packages.operators.coreos.com/v1 PackageManifest: a package of a catalog. Several catalogs may have one of the same name
 * (operator-framework/operator-lifecycle-manager, pkg/package-server/apis/operators/v1).
 */
export interface PackageManifest extends KubeObject {
  readonly status?: {
    readonly catalogSource?: string;
    readonly catalogSourceNamespace?: string;
    readonly catalogSourceDisplayName?: string;
    readonly defaultChannel?: string;
    readonly channels?: readonly {
      readonly name?: string;
      readonly currentCSV?: string;
      readonly currentCSVDesc?: { readonly version?: string };
    }[];
  };
}
