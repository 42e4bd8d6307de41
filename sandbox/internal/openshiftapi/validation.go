package openshiftapi

import (
	"fmt"
	"path"
	"regexp"
	"strings"

	buildv1 "github.com/openshift/api/build/v1"
	imagev1 "github.com/openshift/api/image/v1"
	corev1 "k8s.io/api/core/v1"
	"k8s.io/apimachinery/pkg/api/equality"
	"k8s.io/apimachinery/pkg/api/validation"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/runtime"
	utilvalidation "k8s.io/apimachinery/pkg/util/validation"
	"k8s.io/apimachinery/pkg/util/validation/field"
)

// Rules and sentences of openshift-apiserver, pkg/build/apis/build/validation and pkg/image/apis/image/validation, as far as they
// are about fields that a binary build with a Dockerfile has.

var (
	specPath   = field.NewPath("spec")
	streamName = regexp.MustCompile(`^[a-z0-9]+(?:(?:[._]|__|[-]*)[a-z0-9]+)*$`)
)

func validateMeta(object, old *metav1.ObjectMeta, name validation.ValidateNameFunc) field.ErrorList {
	var errs field.ErrorList
	if old != nil {
		errs = validation.ValidateObjectMetaUpdate(object, old, field.NewPath("metadata"))
	}
	return append(errs, validation.ValidateObjectMeta(object, true, name, field.NewPath("metadata"))...)
}

func validateBuildConfig(object, before runtime.Object) field.ErrorList {
	config := object.(*buildv1.BuildConfig)
	var old *metav1.ObjectMeta
	if before != nil {
		old = &before.(*buildv1.BuildConfig).ObjectMeta
	}
	errs := validateMeta(&config.ObjectMeta, old, validation.NameIsDNSSubdomain)
	switch config.Spec.RunPolicy {
	case buildv1.BuildRunPolicyParallel, buildv1.BuildRunPolicySerial, buildv1.BuildRunPolicySerialLatestOnly:
	default:
		errs = append(errs, field.Invalid(specPath.Child("runPolicy"), config.Spec.RunPolicy, "run policy must Parallel, Serial, or SerialLatestOnly"))
	}
	for name, limit := range map[string]*int32{
		"successfulBuildsHistoryLimit": config.Spec.SuccessfulBuildsHistoryLimit, "failedBuildsHistoryLimit": config.Spec.FailedBuildsHistoryLimit,
	} {
		if limit != nil {
			errs = append(errs, validation.ValidateNonnegativeField(int64(*limit), specPath.Child(name))...)
		}
	}
	return append(errs, validateSpec(&config.Spec.CommonSpec)...)
}

func validateBuild(object, before runtime.Object) field.ErrorList {
	build := object.(*buildv1.Build)
	if before == nil {
		return append(validateMeta(&build.ObjectMeta, nil, validation.NameIsDNSSubdomain), validateSpec(&build.Spec.CommonSpec)...)
	}
	old := before.(*buildv1.Build)
	errs := validateMeta(&build.ObjectMeta, &old.ObjectMeta, validation.NameIsDNSSubdomain)
	if done(old) && old.Status.Phase != build.Status.Phase {
		errs = append(errs, field.Invalid(field.NewPath("status", "phase"), build.Status.Phase, "phase cannot be updated from a terminal state"))
	}
	if !equality.Semantic.DeepEqual(build.Spec, old.Spec) {
		errs = append(errs, field.Invalid(specPath, "content of spec is not printed out, please refer to the details", "spec is immutable"))
	}
	return errs
}

func validateSpec(spec *buildv1.CommonSpec) field.ErrorList {
	var errs field.ErrorList
	source, strategy := &spec.Source, &spec.Strategy
	at := specPath.Child("source")
	if strategy.DockerStrategy != nil && source.Git == nil && source.Binary == nil && source.Dockerfile == nil && source.Images == nil {
		errs = append(errs, field.Invalid(at, "", "must provide a value for at least one source input(git, binary, dockerfile, images)."))
	}
	if source.Git != nil && source.Binary != nil {
		errs = append(errs, field.Invalid(at.Child("git"), "", "may not be set when binary is also set"),
			field.Invalid(at.Child("binary"), "", "may not be set when git is also set"))
	} else if source.Binary != nil && source.Binary.AsFile != "" {
		errs = append(errs, validateAsFile(source.Binary, at.Child("binary", "asFile"))...)
	}
	if source.Dockerfile != nil && len(*source.Dockerfile) > 60*1000 {
		errs = append(errs, field.Invalid(at.Child("dockerfile"), "", "must be smaller than 60000 bytes"))
	}
	if source.ContextDir != "" {
		if source.ContextDir = path.Clean(source.ContextDir); strings.HasPrefix(source.ContextDir, "..") {
			errs = append(errs, field.Invalid(at.Child("contextDir"), source.ContextDir, "context dir must not be a relative path"))
		}
	}
	if seconds := spec.CompletionDeadlineSeconds; seconds != nil && *seconds <= 0 {
		errs = append(errs, field.Invalid(specPath.Child("completionDeadlineSeconds"), seconds, "completionDeadlineSeconds must be a positive integer greater than 0"))
	}
	errs = append(errs, validateOutput(&spec.Output, specPath.Child("output"))...)
	if one := strategies(strategy); one != 1 {
		errs = append(errs, field.Invalid(specPath.Child("strategy"), strategy,
			"must provide a value for exactly one of sourceStrategy, customStrategy, dockerStrategy, or jenkinsPipelineStrategy"))
	}
	for name, value := range spec.NodeSelector {
		for _, wrong := range append(utilvalidation.IsQualifiedName(name), utilvalidation.IsValidLabelValue(value)...) {
			errs = append(errs, field.Invalid(specPath.Child("nodeSelector"), value, wrong))
		}
	}
	return errs
}

func strategies(strategy *buildv1.BuildStrategy) int {
	count := 0
	for _, set := range []bool{strategy.SourceStrategy != nil, strategy.DockerStrategy != nil, strategy.CustomStrategy != nil, strategy.JenkinsPipelineStrategy != nil} {
		if set {
			count++
		}
	}
	return count
}

func validateAsFile(binary *buildv1.BinaryBuildSource, at *field.Path) field.ErrorList {
	name := strings.TrimPrefix(path.Clean(binary.AsFile), "/")
	if name == "" || name == "." || strings.HasPrefix(name, "..") || strings.ContainsAny(name, `/\`) {
		return field.ErrorList{field.Invalid(at, binary.AsFile, "file name may not contain slashes or relative path segments and must be a valid POSIX filename")}
	}
	binary.AsFile = name
	return nil
}

func validateOutput(output *buildv1.BuildOutput, at *field.Path) field.ErrorList {
	var errs field.ErrorList
	if output.PushSecret != nil && output.PushSecret.Name == "" {
		errs = append(errs, field.Required(at.Child("pushSecret", "name"), ""))
	}
	for i, label := range output.ImageLabels {
		if label.Name == "" {
			errs = append(errs, field.Required(at.Child("imageLabels").Index(i).Child("name"), ""))
		} else if wrong := utilvalidation.IsQualifiedName(label.Name); len(wrong) > 0 {
			errs = append(errs, field.Invalid(at.Child("imageLabels").Index(i).Child("name"), label.Name, strings.Join(wrong, "; ")))
		}
	}
	if output.To != nil {
		errs = append(errs, validateTarget(output.To, at.Child("to"))...)
	}
	return errs
}

func validateTarget(to *corev1.ObjectReference, at *field.Path) field.ErrorList {
	switch to.Kind {
	case "ImageStreamTag":
		stream, _, err := splitTag(to.Name)
		switch {
		case to.Name == "":
			return field.ErrorList{field.Required(at.Child("name"), "")}
		case err != nil:
			return field.ErrorList{field.Invalid(at.Child("name"), to.Name, "ImageStreamTag object references must be in the form <name>:<tag>")}
		case len(nameOfStream(stream, false)) > 0:
			return field.ErrorList{field.Invalid(at.Child("name"), stream, "ImageStreamTag name contains invalid syntax")}
		}
	case "DockerImage":
		if _, err := parseReference(to.Name); err != nil {
			return field.ErrorList{field.Invalid(at.Child("name"), to.Name, fmt.Sprintf("name is not a valid Docker pull specification: %v", err))}
		}
	case "":
		return field.ErrorList{field.Required(at.Child("kind"), "")}
	default:
		return field.ErrorList{field.Invalid(at.Child("kind"), to.Kind, "the target of build output must be an 'ImageStreamTag' or 'DockerImage'")}
	}
	return nil
}

func validateStream(object, before runtime.Object) field.ErrorList {
	var old *metav1.ObjectMeta
	if before != nil {
		old = &before.(*imagev1.ImageStream).ObjectMeta
	}
	return validateMeta(&object.(*imagev1.ImageStream).ObjectMeta, old, nameOfStream)
}

// nameOfStream says what is wrong with the name of an ImageStream, which becomes the name of a repository.
func nameOfStream(name string, _ bool) []string {
	if !streamName.MatchString(name) {
		return []string{fmt.Sprintf("must match %q", strings.Trim(streamName.String(), "^$"))}
	}
	return nil
}
