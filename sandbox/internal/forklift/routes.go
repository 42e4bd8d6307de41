package forklift

import "context"

type routesKey struct{}

// withRoutes lets whoever dials with this context find hosts at other addresses: see Options.Routes.
func withRoutes(ctx context.Context, routes map[string]string) context.Context {
	return context.WithValue(ctx, routesKey{}, routes)
}

// routed is where an address, with its port, leads.
func routed(ctx context.Context, address string) string {
	routes, _ := ctx.Value(routesKey{}).(map[string]string)
	if to, found := routes[address]; found {
		return to
	}
	return address
}
