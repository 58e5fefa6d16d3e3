export const login = {
  title: '登录',
}
