package vcenter

import (
	"crypto/tls"
	"errors"
	"fmt"
	"net"
	"net/http"
	"os"
	"syscall"
	"time"
)

// listenWithoutAnswering opens the endpoints that leave a client without an answer, each at another point: "dropping" takes no packet,
// as behind a firewall that drops; "silent" takes the connection and says nothing; "mute" shows its certificate, takes the request and
// says nothing.
func (v *VCenter) listenWithoutAnswering(l leaf) error {
	dropping, err := v.dropPackets()
	if err != nil {
		return fmt.Errorf("open the endpoint dropping: %w", err)
	}
	v.Endpoints["dropping"] = "https://" + dropping + "/sdk"
	silent, err := net.Listen("tcp4", "127.0.0.1:0")
	if err != nil {
		return fmt.Errorf("open the endpoint silent: %w", err)
	}
	v.holdConnections(silent)
	v.Endpoints["silent"] = "https://" + silent.Addr().String() + "/sdk"
	certificate, err := v.authority.issue(l)
	if err != nil {
		return err
	}
	config := &tls.Config{Certificates: []tls.Certificate{certificate}, MinVersion: tls.VersionTLS12}
	mute, err := v.serve(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) { <-r.Context().Done() }), config)
	if err != nil {
		return fmt.Errorf("open the endpoint mute: %w", err)
	}
	v.Endpoints["mute"] = "https://" + mute + "/sdk"
	return nil
}

// dropPackets listens where the kernel drops what comes: nobody accepts, and the queue of connections that wait is full.
func (v *VCenter) dropPackets() (string, error) {
	socket, err := syscall.Socket(syscall.AF_INET, syscall.SOCK_STREAM|syscall.SOCK_CLOEXEC, 0)
	if err != nil {
		return "", err
	}
	v.closers = append(v.closers, os.NewFile(uintptr(socket), "dropping"))
	if err := syscall.Bind(socket, &syscall.SockaddrInet4{Addr: [4]byte{127, 0, 0, 1}}); err != nil {
		return "", err
	}
	if err := syscall.Listen(socket, 0); err != nil {
		return "", err
	}
	bound, err := syscall.Getsockname(socket)
	if err != nil {
		return "", err
	}
	address := (&net.TCPAddr{IP: net.IPv4(127, 0, 0, 1), Port: bound.(*syscall.SockaddrInet4).Port}).String()
	// How many fit although the queue is said to have no place differs from kernel to kernel.
	for range 16 {
		connection, err := net.DialTimeout("tcp4", address, 200*time.Millisecond)
		if timeout, ok := errors.AsType[net.Error](err); ok && timeout.Timeout() {
			return address, nil
		}
		if err != nil {
			return "", err
		}
		v.closers = append(v.closers, connection)
	}
	return "", errors.New("this kernel queues connections without end")
}

// holdConnections accepts and then says nothing, until the vCenter stops.
func (v *VCenter) holdConnections(listener net.Listener) {
	v.closers = append(v.closers, listener)
	v.serving.Go(func() {
		for {
			connection, err := listener.Accept()
			if err != nil {
				return
			}
			defer connection.Close()
		}
	})
}
