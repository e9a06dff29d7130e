-- look: a visitor as an operator sees them. Extends nothing, and gives nobody a place. Cost O(log n).

local function serve(id)
  local visitor = find(id)
  if not visitor then return answer('not-in-line') end
  return answerOf(id, visitor)
end
