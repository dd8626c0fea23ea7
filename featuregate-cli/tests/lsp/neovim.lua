-- Tries `featuregate lsp` with Neovim; run by .ci/neovim.
-- FEATUREGATE is the program. What is wrong is printed, and ends Neovim with exit code 1.

local manifest = [[
version: "1.36"
removedGates: refuse
gates:
- name: AppArmor
  versionedSpecs:
  - {version: "1.4", preRelease: Beta, default: true}
  - {version: "1.31", preRelease: GA, default: true, lockToDefault: true}
- name: DynamicKubeletConfig
  versionedSpecs:
  - {version: "1.4", preRelease: Alpha, default: false}
  - {version: "1.22", preRelease: Deprecated, default: false}
  removed: "1.26"
- name: MemoryQoS
  versionedSpecs:
  - {version: "1.22", preRelease: Alpha, default: false}
  doc: Guarantees memory.
]]

local function equal(what, found, expected)
  if not vim.deep_equal(found, expected) then
    error(what .. ": expected " .. vim.inspect(expected) .. ", found " .. vim.inspect(found), 2)
  end
end

local function try()
  local folder = vim.fn.tempname()
  vim.fn.mkdir(folder, "p")
  local function write(name, text)
    local file = assert(io.open(folder .. "/" .. name, "w"))
    file:write(text)
    file:close()
  end
  write("featuregates.yaml", manifest)
  write("kubelet.yaml", "# A kubelet.\nargs: ['🦀', --feature-gates=AppArmor=true]\nfeatureGates:\n  DynamicKubeletConfig: false\n")
  vim.cmd("edit " .. folder .. "/kubelet.yaml")
  local buffer = vim.api.nvim_get_current_buf()

  local ended
  local config = {
    name = "featuregate",
    cmd = { vim.env.FEATUREGATE, "lsp" },
    root_dir = folder,
    on_exit = function(code, signal) ended = { code, signal } end,
  }
  -- Neovim 0.8 joined the two steps.
  local id = vim.lsp.start and vim.lsp.start(config) or vim.lsp.start_client(config)
  assert(id, "the server does not start")
  if not vim.lsp.start then vim.lsp.buf_attach_client(buffer, id) end

  -- The rules that are broken, with line, start and end as Neovim counts them: from 0, in bytes.
  local function diagnostics()
    local found = {}
    for _, it in ipairs(vim.diagnostic.get(buffer)) do
      table.insert(found, { it.code, it.lnum, it.col, it.end_col })
    end
    table.sort(found, function(a, b) return a[2] < b[2] end)
    return found
  end
  local function expect(what, expected)
    vim.wait(20000, function() return vim.deep_equal(diagnostics(), expected) end, 20)
    equal(what, diagnostics(), expected)
  end
  expect("diagnostics", { { "redundant-gate", 1, 31, 39 }, { "removed-gate", 3, 2, 22 } })

  local function request(method, params)
    local answers, problem = vim.lsp.buf_request_sync(buffer, method, params, 20000)
    assert(answers, problem)
    local answer = answers[id]
    assert(answer and not answer.error, vim.inspect(answer))
    return answer.result
  end
  local encoding = vim.lsp.get_client_by_id(id).offset_encoding
  local function at(line, column)
    vim.api.nvim_win_set_cursor(0, { line, column })
    return vim.lsp.util.make_position_params(0, encoding)
  end
  local function lines() return vim.api.nvim_buf_get_lines(buffer, 0, -1, false) end

  -- A gate's history.
  local shown = request("textDocument/hover", at(2, 33)).contents
  assert(shown.kind == "markdown" and shown.value:find("locked", 1, true), vim.inspect(shown))

  -- What is typed, and completed.
  vim.api.nvim_buf_set_lines(buffer, 4, 4, false, { "  Mem" })
  vim.api.nvim_win_set_cursor(0, { 5, 4 })
  local params = at(5, 4)
  params.position.character = 5
  local items = request("textDocument/completion", params)
  items = items.items or items
  local item
  for _, it in ipairs(items) do
    if it.label == "MemoryQoS" then item = it end
  end
  assert(item, "MemoryQoS is not completed")
  equal("detail", item.detail, "Alpha since 1.22, off by default")
  vim.lsp.util.apply_text_edits({ item.textEdit }, buffer, encoding)
  equal("completed line", lines()[5], "  MemoryQoS")
  vim.api.nvim_buf_set_text(buffer, 4, 11, 4, 11, { ": maybe" })
  expect("diagnostics after a change", {
    { "redundant-gate", 1, 31, 39 }, { "removed-gate", 3, 2, 22 }, { "invalid-value", 4, 13, 18 },
  })
  vim.api.nvim_buf_set_text(buffer, 4, 13, 4, 18, { "true" })

  -- The fixes, one after the other.
  for _, line in ipairs({ 4, 2 }) do
    local document = at(line, 0)
    local range = { start = { line = line - 1, character = 0 }, ["end"] = { line = line - 1, character = 80 } }
    local actions = request("textDocument/codeAction", {
      textDocument = document.textDocument, range = range, context = { diagnostics = {} },
    })
    equal("number of actions in line " .. line, #actions, 1)
    vim.lsp.util.apply_workspace_edit(actions[1].edit, encoding)
  end
  equal("fixed text", lines(), { "# A kubelet.", "args: ['🦀']", "featureGates:", "  MemoryQoS: true" })
  expect("diagnostics after the fixes", {})

  vim.lsp.stop_client(id)
  vim.wait(20000, function() return ended ~= nil end, 20)
  equal("exit code and signal", ended, { 0, 0 })
  vim.fn.delete(folder, "rf")
end

local fine, problem = pcall(try)
io.stderr:write(fine and "Neovim: diagnostics, hover, completion, changes and fixes are right\n" or ("Neovim: " .. tostring(problem) .. "\n"))
vim.cmd(fine and "qall!" or "cquit!")
