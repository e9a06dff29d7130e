-- leave: gives up the place in line or the session, and admits the next ones at once. Cost O(log n).

local function serve(id)
  local visitor = find(id)
  if not visitor then return answer('not-in-line') end
  if visitor.state == 'waiting' or visitor.state == 'active' then
    endVisitor(id, visitor, 'left')
    count('left', 1)
    advance(false)
  end
  return answerOf(id, visitor)
end
