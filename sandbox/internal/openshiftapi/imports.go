package openshiftapi

import (
	"context"
	"fmt"

	imagev1 "github.com/openshift/api/image/v1"
	apierrors "k8s.io/apimachinery/pkg/api/errors"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/runtime"
	"k8s.io/apimachinery/pkg/util/validation/field"
	"k8s.io/apiserver/pkg/registry/rest"
)

// streamImports look at images in registries. Nothing is stored here: an import that wants more than a look is refused.
type streamImports struct{ *apis }

var _ rest.Creater = &streamImports{}

func (*streamImports) New() runtime.Object     { return &imagev1.ImageStreamImport{} }
func (*streamImports) Destroy()                {}
func (*streamImports) NamespaceScoped() bool   { return true }
func (*streamImports) GetSingularName() string { return "imagestreamimport" }

func (s *streamImports) Create(ctx context.Context, object runtime.Object, validate rest.ValidateObjectFunc, _ *metav1.CreateOptions) (runtime.Object, error) {
	wanted := object.(*imagev1.ImageStreamImport)
	rest.FillObjectMetaSystemFields(wanted)
	strategy := s.streams.CreateStrategy.(strategy)
	strategy.prepare = func(runtime.Object, runtime.Object) { wanted.Status = imagev1.ImageStreamImportStatus{} }
	strategy.validate = validateImport
	if err := rest.BeforeCreate(strategy, ctx, wanted); err != nil {
		return nil, err
	}
	if err := validate(ctx, wanted); err != nil {
		return nil, err
	}
	if !s.registry.configured() {
		return nil, apierrors.NewInternalError(fmt.Errorf("images.config.openshift.io %q not found", "cluster"))
	}
	for i := range wanted.Spec.Images {
		wanted.Status.Images = append(wanted.Status.Images, s.look(ctx, &wanted.Spec.Images[i]))
	}
	return wanted, nil
}

func validateImport(object, _ runtime.Object) field.ErrorList {
	wanted := object.(*imagev1.ImageStreamImport)
	at := specPath.Child("images")
	var errs field.ErrorList
	for i := range wanted.Spec.Images {
		each := &wanted.Spec.Images[i]
		if each.From.Kind != "DockerImage" {
			errs = append(errs, field.Invalid(at.Index(i).Child("from", "kind"), each.From.Kind, "only DockerImage is supported"))
			continue
		}
		if each.To != nil && each.To.Name == "" {
			errs = append(errs, field.Invalid(at.Index(i).Child("to", "name"), each.To.Name, "the name of the target tag must be specified"))
		}
		if each.From.Name == "" {
			errs = append(errs, field.Required(at.Index(i).Child("from", "name"), ""))
		} else if _, err := parseReference(each.From.Name); err != nil {
			errs = append(errs, field.Invalid(at.Index(i).Child("from", "name"), each.From.Name, err.Error()))
		}
	}
	for i := range wanted.Spec.Images {
		switch mode := wanted.Spec.Images[i].ImportPolicy.ImportMode; mode {
		case "", imagev1.ImportModeLegacy, imagev1.ImportModePreserveOriginal:
		default:
			errs = append(errs, field.Invalid(at.Index(i).Child("importPolicy", "importMode"), mode,
				"invalid import mode, valid modes are '', 'Legacy', 'PreserveOriginal'"))
		}
	}
	if len(wanted.Spec.Images) == 0 && wanted.Spec.Repository == nil {
		errs = append(errs, field.Invalid(at, nil, "you must specify at least one image or a repository import"))
	}
	if wanted.Spec.Import || wanted.Spec.Repository != nil {
		errs = append(errs, field.Forbidden(specPath.Child("import"), "the sandbox only looks at single images"))
	}
	return append(errs, validateMeta(&wanted.ObjectMeta, nil, nameOfStream)...)
}

// look asks the registry for one image.
func (s *streamImports) look(ctx context.Context, wanted *imagev1.ImageImportSpec) imagev1.ImageImportStatus {
	status := imagev1.ImageImportStatus{Status: metav1.Status{Status: metav1.StatusSuccess}}
	if wanted.To != nil {
		status.Tag = wanted.To.Name
	}
	seen, err := s.find(ctx, wanted.From.Name, wanted.ImportPolicy)
	if err != nil {
		status.Status = err.Status()
		return status
	}
	status.Image, status.Manifests = seen.image, seen.manifests
	return status
}
