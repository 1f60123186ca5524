// Evaluates expressions as Argo does: with its library, over an environment like the one its controller builds.
//
// Reads a JSON list of {"expression": .., "variables": {"tasks.a.status": "Succeeded", ..}} and prints a JSON list of
// {"text": ..} (what would be inserted, or be the value of an output) or {"error": ..}.
package main

import (
	"encoding/json"
	"fmt"
	"os"
	"strings"

	"github.com/Masterminds/sprig/v3"
	"github.com/expr-lang/expr"
	"github.com/expr-lang/expr/builtin"
)

type question struct {
	Expression string            `json:"expression"`
	Variables  map[string]string `json:"variables"`
}

type answer struct {
	Text  *string `json:"text,omitempty"`
	Error string  `json:"error,omitempty"`
}

// functions are those of sprig but for the two that read the environment of the controller.
var functions = sprig.GenericFuncMap()

func init() {
	delete(functions, "env")
	delete(functions, "expandenv")
}

// environment nests dotted names; a name that is also the beginning of a longer one gives way to it.
func environment(variables map[string]string) map[string]any {
	root := map[string]any{}
	for name, value := range variables {
		parts := strings.Split(name, ".")
		level := root
		for _, part := range parts[:len(parts)-1] {
			next, ok := level[part].(map[string]any)
			if !ok {
				next = map[string]any{}
				level[part] = next
			}
			level = next
		}
		last := parts[len(parts)-1]
		if _, taken := level[last].(map[string]any); !taken {
			level[last] = value
		}
	}
	root["sprig"] = functions
	root["asInt"] = builtin.Int
	root["asFloat"] = builtin.Float
	root["toJson"] = func(value any) (string, error) {
		text, err := json.Marshal(value)
		return string(text), err
	}
	return root
}

func evaluate(q question) (said answer) {
	// The library itself dies of some expressions, which Argo makes an error of.
	defer func() {
		if dead := recover(); dead != nil {
			said = answer{Error: fmt.Sprint(dead)}
		}
	}()
	env := environment(q.Variables)
	program, err := expr.Compile(q.Expression, expr.Env(env))
	if err != nil {
		return answer{Error: err.Error()}
	}
	result, err := expr.Run(program, env)
	if err != nil {
		return answer{Error: err.Error()}
	}
	if result == nil {
		return answer{Error: "no value"}
	}
	text, isText := result.(string)
	if !isText {
		encoded, err := json.Marshal(result)
		if err != nil {
			return answer{Error: err.Error()}
		}
		text = string(encoded)
	}
	return answer{Text: &text}
}

func main() {
	var questions []question
	if err := json.NewDecoder(os.Stdin).Decode(&questions); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	answers := make([]answer, 0, len(questions))
	for _, q := range questions {
		answers = append(answers, evaluate(q))
	}
	if err := json.NewEncoder(os.Stdout).Encode(answers); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}
